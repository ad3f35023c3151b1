-- The index of persons is made anew in the background: of a body with very many values it held the first ones only, and a
-- request about one person took the others out of what it knew of a body that quotes several.
truncate person_keys;
delete from person_index;
