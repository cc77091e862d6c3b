use bff::{get, put};

#[get]
async fn sum(all: Option<Vec<i32>>) -> String {
    format!("{:?}", all.map(|all| all.iter().sum::<i32>()))
}

#[put(invalid_param = 400)]
async fn keep(all: Option<Vec<i32>>) -> String {
    format!("{:?}", all.map(|all| all.len()))
}
