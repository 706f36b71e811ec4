CREATE TYPE floats AS RANGE (subtype = float8);

CREATE TABLE bookings (
    nights int4range DEFAULT '[1,5]',
    numbers int8range DEFAULT '( 1 , 5 ]',
    days daterange DEFAULT '(2024-02-28,2024-12-31]',
    always daterange DEFAULT '[2024-01-01,infinity]',
    during tsrange DEFAULT '[2024-01-01,2024-01-02)',
    price numrange DEFAULT '(,9.99]',
    nothing numrange DEFAULT '[1,1)',
    share floats DEFAULT '[0,1e3)',
    several int4multirange DEFAULT '{[5,9], empty, [1,2], (2,4)}',
    apart nummultirange DEFAULT '{[1,2),(2,3]}'
);
