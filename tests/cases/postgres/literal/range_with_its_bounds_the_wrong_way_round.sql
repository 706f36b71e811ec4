CREATE TABLE bookings (days daterange DEFAULT '[2024-12-31,2024-01-01]');
