CREATE ROLE h_reader;
GRANT h_reader TO h_reader;
