CREATE TABLE events (every interval DEFAULT '1 day 2 days');
