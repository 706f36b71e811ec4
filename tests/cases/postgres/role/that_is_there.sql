CREATE ROLE h_reader;
CREATE ROLE h_reader;
