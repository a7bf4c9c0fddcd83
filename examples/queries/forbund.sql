-- Questions over the records of many förbund, for DuckDB:
--   avstam convert --each fixtures/workbooks/*.xlsx -o records.parquet
--   duckdb < examples/queries/forbund.sql
-- `--each`: the fixtures are documents of different förbund in one folder.

-- A document in several forms is counted once: the first file of a förbund, role and year.
create or replace view records as
    with chosen as (select association, source_role, max(year) filter (measure in ('actual', 'budget')) as latest, file
                    from 'records.parquet' group by all)
    select * from 'records.parquet'
    where file in (select min(file) from chosen group by association, source_role, latest);

-- 1. Each member's share of the contributions, in the first year that each budget tells of.
with contributions as (
    select association, year, entity, member, sum(amount) as kronor
    from records
    where statement = 'budget' and concept like 'contribution-%' and role = 'line' and measure in ('budget', 'actual')
      and year = (select min(year) from records r where r.file = records.file and r.measure in ('budget', 'actual'))
    group by all)
select association, year, entity, member, kronor::decimal(18, 0) as kronor,
       round(100 * kronor / sum(kronor) over (partition by association, year, entity), 1)::decimal(6, 1) as percent
from contributions order by association, year, entity, kronor desc, member;

-- 2. What insatser for individuals and for structures cost in the budgets.
select association, year, activity_kind, count(distinct activity) as insatser, sum(amount)::decimal(18, 0) as kronor
from records
where statement = 'budget' and activity is not null and activity_kind is not null
group by all order by all;

-- 3. Equity against the year's income from the members.
with lines as (
    select association, year,
           max(amount) filter (statement = 'balance-sheet' and concept = 'equity' and role <> 'line') as equity,
           max(amount) filter (statement = 'income-statement' and concept = 'operating-income') as income
    from records where measure = 'actual' and source_role = 'accounts' group by all)
select association, year, equity::decimal(18, 0) as equity, income::decimal(18, 0) as income,
       round(100 * equity / income, 1)::decimal(6, 1) as percent
from lines where equity is not null and income is not null order by all;

-- 4. Where the money went, whatever the lines are called and whichever sign their costs have.
select association, year, part_of, sum(signed_amount)::decimal(18, 0) as kronor, count(*) as lines
from records
where statement in ('income-statement', 'note') and part_of in ('operating-income', 'operating-costs')
  and role = 'line' and measure = 'actual' and source_role = 'accounts'
group by all order by all;
