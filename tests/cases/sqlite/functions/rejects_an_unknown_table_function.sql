SELECT * FROM generate_numbers(1, 2);
