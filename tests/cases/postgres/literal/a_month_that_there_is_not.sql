CREATE TABLE events (at timestamptz DEFAULT '2020-13-01 10:00+02');
