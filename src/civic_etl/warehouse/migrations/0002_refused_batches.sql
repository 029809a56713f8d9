-- A batch that was refused whole has its line too: that it was offered, and what stood against it.
alter table raw.load_ledger add column refused_because varchar default '';
