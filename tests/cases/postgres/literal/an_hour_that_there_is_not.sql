CREATE TABLE events (at time DEFAULT '25:00');
