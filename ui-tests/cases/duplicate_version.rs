//! Two files of one number are one error: what all files say can still be used.

tablature::migrations!("duplicate_version");

fn main() {
    let _ = NewUser { name: None };
    let _ = NewPost {
        title: "Rapunzel".to_owned(),
        tag: None,
    };
}
