-- A token of the REST API may be limited to sources, so that one shop does not see the other's.
alter table api_tokens add column sources text[];
alter table api_tokens add constraint sources_named check (cardinality(sources) > 0 and array_position(sources, null) is null);
comment on column api_tokens.sources is 'The sources that it is limited to; null for all of them.';
