-- A body may contain any bytes; a view must still show it. A byte order mark is not part of the text.
create or replace function body_text(body bytea) returns text
language plpgsql immutable parallel safe as $$
begin
    return ltrim(convert_from(body, 'UTF8'), U&'\FEFF');
exception when others then
    return encode(body, 'escape');
end
$$;
comment on function body_text is 'A body as text, without a byte order mark; bytes that are not UTF-8 in escape form.';
