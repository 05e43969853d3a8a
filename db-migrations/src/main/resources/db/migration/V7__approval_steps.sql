-- Approvals in steps.

alter table approval_decision add column step int not null default 0 check (step >= 0);
comment on column approval_decision.step is 'The step in which it counts; nobody counts in two.';
