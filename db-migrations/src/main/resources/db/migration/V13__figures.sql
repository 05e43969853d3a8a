-- What a gateway with many approvals and acts is asked most often.

create index act_of_person_on on act (issuer, person, md5(resource), last_at desc);
comment on index act_of_person_on is 'By digest: a resource may be longer than an index takes.';
create index approval_settled on approval (requested_at desc, id desc) where state <> 'PENDING';
