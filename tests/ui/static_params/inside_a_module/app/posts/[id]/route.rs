use bff::get;

#[get(force_static)]
async fn show(id: u64) -> String {
    id.to_string()
}

mod params {
    #[bff::static_params]
    pub(super) fn ids() -> Vec<u64> {
        vec![1]
    }
}
