CREATE TABLE places (
    a point DEFAULT ' 1 , 2e3 ',
    b lseg DEFAULT '1,2,3,4',
    c box DEFAULT '(1,4),(3,2)',
    d path DEFAULT '(1,2),(3,4),(5,6)',
    e path DEFAULT '[1,2,3,4]',
    f polygon DEFAULT '1,2,3,4',
    g circle DEFAULT '((1,2),3)',
    h line DEFAULT '{ 1, 2, 3 }',
    i money DEFAULT '1234.567',
    j money DEFAULT '($5)',
    k macaddr8 DEFAULT '08002B010203',
    l pg_lsn DEFAULT '00000016/b374d848',
    m tsvector DEFAULT 'fat:2B,4 cat:3 ''a b'' a\ b fat:1',
    n point[] DEFAULT '{"(1,2)", "3 , 4"}'
);
