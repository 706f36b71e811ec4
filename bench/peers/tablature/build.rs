fn main() {
    tablature_build::watch("migrations");
}
