CREATE TABLE places (a circle DEFAULT '<(1,2),-3>');
