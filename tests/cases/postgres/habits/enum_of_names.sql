CREATE TYPE mood AS ENUM ("merry", "grim");
