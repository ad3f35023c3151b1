-- Jobs that follow from other jobs: the delivery of a message, the deletion of a comment.

comment on column jobs.note is 'What an alert says, or what a follow-up has to do as JSON; null for the jobs that rules make.';
comment on column jobs.rule is 'The rule that made it; (alert) and (follow-up) are nobody''s.';
