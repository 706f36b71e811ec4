CREATE TABLE events (at timestamp DEFAULT '1');
