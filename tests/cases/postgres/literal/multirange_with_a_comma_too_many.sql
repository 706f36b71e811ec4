CREATE TABLE bookings (nights int4multirange DEFAULT '{[1,2],}');
