CREATE SCHEMA app; CREATE TABLE app.users (id int);
CREATE SEQUENCE s OWNED BY app.users.id;
