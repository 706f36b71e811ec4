CREATE TABLE nowhere.t (a);
