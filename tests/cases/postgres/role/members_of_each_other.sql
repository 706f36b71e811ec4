CREATE ROLE h_a; CREATE ROLE h_b;
GRANT h_a TO h_b;
GRANT h_b TO h_a;
