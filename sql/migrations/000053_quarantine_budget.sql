-- The budgets of the quarantine count the rows in the state kept, and nothing that was released.

drop index quarantine_budget;
create index quarantine_budget on quarantine (source, peer) include (size, is_known) where state = 'kept';
