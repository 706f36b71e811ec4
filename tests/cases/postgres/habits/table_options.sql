CREATE TABLE t (a integer) ENGINE = InnoDB;
