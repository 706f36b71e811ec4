CREATE TABLE bookings (nights int4range DEFAULT '[1,2147483647]');
