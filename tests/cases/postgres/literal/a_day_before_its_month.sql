CREATE TABLE events (at date DEFAULT '31/12/2020');
