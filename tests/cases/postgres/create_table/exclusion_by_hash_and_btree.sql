CREATE TABLE bookings (room int, who text, EXCLUDE (room WITH =), EXCLUDE USING hash (who WITH =), CONSTRAINT lowered EXCLUDE (lower(who) WITH =) DEFERRABLE);
