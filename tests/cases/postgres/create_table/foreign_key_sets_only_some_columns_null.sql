CREATE TABLE users (tenant int, id int, PRIMARY KEY (tenant, id));
CREATE TABLE posts (
    tenant int, author int,
    FOREIGN KEY (tenant, author) REFERENCES users ON DELETE SET NULL (author)
);
