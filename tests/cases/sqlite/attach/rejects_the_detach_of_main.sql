DETACH main;
