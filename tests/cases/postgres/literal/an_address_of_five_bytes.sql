CREATE TABLE places (a macaddr8 DEFAULT '08:00:2b:01:02');
