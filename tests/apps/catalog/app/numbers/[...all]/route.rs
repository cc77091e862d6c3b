use bff::{get, put};

#[get]
async fn sum(all: Vec<i32>) -> String {
    all.iter().sum::<i32>().to_string()
}

#[put(invalid_param = 400)]
async fn keep(all: Vec<i32>) -> String {
    all.len().to_string()
}
