//! What the migrations have built so far: plain data, objects by their id, and which depends on which.
