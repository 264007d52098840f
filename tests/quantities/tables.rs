//! Sentences and what is read in them: metric, percentile, comparison, value, unit, for each of what, whose.

/// What a workload needs: each sentence with all that is read in it.
pub const TARGETS: &[(&str, &str)] = &[
    (
        "The scans of the herbarium will fill 90 TB in 2029.",
        "data-volume = 9e+13 B target",
    ),
    (
        "Tile requests from the map client are to be answered in no more than 35 ms at the 95th percentile.",
        "latency p95 <= 0.035 s target",
    ),
    (
        "A sub-10-ms budget applies to every token check.",
        "latency < 0.01 s target",
    ),
    (
        "Reads: sub-millisecond; writes: under 3 ms.",
        "latency < 0.001 s target; latency < 0.003 s target",
    ),
    ("peak ingest ~250k msg/s", "throughput-write ~ 250000 op/s target"),
    (
        "The gateway must take 1.2M events/min without back-pressure.",
        "throughput = 20000 op/s target",
    ),
    (
        "Between 300 and 500 bookings per hour are forecast.",
        "throughput-write range 0.0833333..0.138889 op/s target",
    ),
    (
        "Around 9 000 000 inserts per day are foreseen.",
        "throughput-write ~ 104.167 op/s target",
    ),
    (
        "The booking core needs three and a half nines.",
        "availability = 0.9995 ratio target",
    ),
    (
        "At most 52 minutes of downtime per year are tolerated.",
        "availability >= 0.999901 ratio target",
    ),
    (
        "Unavailability must stay below 0.1 %.",
        "availability > 0.999 ratio target",
    ),
    (
        "In the worst case we may lose the last five minutes of readings.",
        "recovery-point = 300 s target",
    ),
    (
        "RPO ≤ 30 s, RTO ≤ 5 min.",
        "recovery-point <= 30 s target; recovery-time <= 300 s target",
    ),
    (
        "After a zone failure the service has to be back within a quarter of an hour.",
        "recovery-time <= 900 s target",
    ),
    (
        "Raw telemetry can be dropped after 90 days.",
        "retention = 7.776e+06 s target",
    ),
    (
        "7 years' retention is prescribed by the commercial code.",
        "retention = 2.20752e+08 s target",
    ),
    (
        "Shopping carts should survive for at least two weeks.",
        "retention >= 1.2096e+06 s target",
    ),
    (
        "Each scan is 8-12 MB.",
        "item-size range 8e+06..1.2e+07 B per item target",
    ),
    (
        "A JSON payload must not exceed 1 MB.",
        "item-size <= 1e+06 B per item target",
    ),
    ("half a terabyte of geometry has to fit", "data-volume = 5e+11 B target"),
    (
        "The image store is expected to grow by 2 TB per quarter.",
        "growth = 253678 B/s target",
    ),
    ("Every day 30 GB of logs will be added.", "growth = 347222 B/s target"),
    (
        "The number of sensors triples every year, and we must keep up.",
        "growth = 2 ratio target",
    ),
    (
        "Stock figures must never be older than one minute.",
        "staleness <= 60 s target",
    ),
    (
        "The read replicas shall not be more than 500 ms behind.",
        "replication-lag <= 0.5 s target",
    ),
    (
        "The broker has to keep twenty thousand sockets open.",
        "connections = 20000 count target",
    ),
    (
        "It needs to serve one and a half million subscribers.",
        "users = 1.5e+06 count target",
    ),
    ("Rows expected: 3bn", "records = 3e+09 count target"),
    (
        "The register will contain approximately 450,000 vessels.",
        "records ~ 450000 count target",
    ),
    (
        "Fraud checks follow up to four hops in the payment graph.",
        "hops <= 4 count target",
    ),
    ("Budget: USD 24,000 per year", "cost = 2000 USD/month target"),
    (
        "Cache misses must stay under 5 %.",
        "cache-hit-ratio > 0.95 ratio target",
    ),
    (
        "Nine tenths of all operations will be writes.",
        "read-write-ratio = 0.111111 ratio target",
    ),
    (
        "99 % of the queries must return within 200 ms.",
        "latency p99 <= 0.2 s target",
    ),
    (
        "Five hundred thousand daily active users are expected.",
        "users = 500000 count target",
    ),
    (
        "Get by id: p50 1 ms, p99 6 ms",
        "latency p50 = 0.001 s target; latency p99 = 0.006 s target",
    ),
    (
        "Low double-digit milliseconds at p99 are good enough for the feed.",
        "latency p99 < 0.1 s target",
    ),
    ("Load: 30-50k TPS", "throughput range 30000..50000 op/s target"),
    ("QPS: > 7500", "throughput > 7500 op/s target"),
    (
        "We can afford an hour of unavailability per quarter.",
        "availability = 0.999543 ratio target",
    ),
    (
        "If the data centre burns down, not more than 15 minutes of bookings may be gone.",
        "recovery-point <= 900 s target",
    ),
    (
        "Losing a second or two of clicks is acceptable.",
        "recovery-point range 1..2 s target",
    ),
    (
        "No acknowledged transfer can ever vanish.",
        "recovery-point = 0 s target",
    ),
    (
        "Logs older than 13 months are to be deleted.",
        "retention = 3.3696e+07 s target",
    ),
    (
        "We need the last 24 months at hand for comparison.",
        "retention = 6.2208e+07 s target",
    ),
    (
        "We must not outgrow 500 GB before 2028.",
        "data-volume <= 5e+11 B target",
    ),
    (
        "Caches are refreshed every 15 minutes, which is sufficient.",
        "staleness = 900 s target",
    ),
    ("MAU: 4M", "users = 4e+06 count target"),
    (
        "We have to sustain ten to fifteen thousand reads a second.",
        "throughput-read range 10000..15000 op/s target",
    ),
    (
        "A heart-rate monitor delivers a sample every 5 ms, and none may be dropped.",
        "throughput-write = 200 op/s target",
    ),
    ("five 9s for the emergency line", "availability = 0.99999 ratio target"),
    (
        "Keep: 18 months hot, 7 years cold",
        "retention = 4.6656e+07 s target; retention = 2.20752e+08 s target",
    ),
    (
        "80 million rows, i.e. around 45 GB, must be loaded initially.",
        "records = 8e+07 count target; data-volume ~ 4.5e+10 B target",
    ),
    (
        "Data are expected to grow by a third each year.",
        "growth = 0.333333 ratio target",
    ),
    (
        "The standby may be up to 5 s behind the primary.",
        "replication-lag <= 5 s target",
    ),
    (
        "Users: 1.5 million registered, 20k concurrent.",
        "users = 1.5e+06 count target; users = 20000 count target",
    ),
    ("Hit rate: 85 %+", "cache-hit-ratio >= 0.85 ratio target"),
    ("writes:reads 1:4", "read-write-ratio = 4 ratio target"),
    (
        "The shelf scanner needs its answer within the blink of an eye, i.e. 100 ms.",
        "latency = 0.1 s target",
    ),
    (
        "Every quarter of an hour 200,000 meters report.",
        "throughput-write = 222.222 op/s target",
    ),
    (
        "It starts with 200 GB and grows by 10 GB a month.",
        "data-volume = 2e+11 B target; growth = 3858.02 B/s target",
    ),
    (
        "The copy in Singapore may lag the original by 3 s.",
        "replication-lag = 3 s target",
    ),
    (
        "Writes in one region, reads in three regions.",
        "regions = 1 count target; regions = 3 count target",
    ),
    (
        "For each write we expect 8 to 10 reads.",
        "read-write-ratio range 8..10 ratio target",
    ),
    (
        "About two thirds of the load is writes.",
        "read-write-ratio ~ 0.5 ratio target",
    ),
];

/// Figures of today, of the past, of a product or somebody else, and examples.
pub const OTHERS: &[(&str, &str)] = &[
    ("At present the ledger answers in 80 ms.", "latency <= 0.08 s today"),
    (
        "We currently lose up to an hour of data in a crash.",
        "recovery-point <= 3600 s today",
    ),
    (
        "Until 2021 the monolith served 200 requests per second.",
        "throughput = 200 op/s past",
    ),
    ("DynamoDB answers in under 10 ms.", "latency < 0.01 s capability"),
    (
        "With Redis one gets sub-millisecond reads.",
        "latency < 0.001 s capability",
    ),
    (
        "The vendor claims 99.999 % availability.",
        "availability = 0.99999 ratio capability",
    ),
    (
        "For example, a client might send 300 requests per second.",
        "throughput = 300 op/s example",
    ),
    (
        "Lookups presently need 12 ms, and that is fine.",
        "latency = 0.012 s today",
    ),
    ("In the old shop a search took up to 9 seconds.", "latency <= 9 s past"),
    (
        "CockroachDB survives the loss of a region with an RPO of 0.",
        "recovery-point = 0 s capability",
    ),
    (
        "Let us assume 100 users with 1 GB each.",
        "users = 100 count example; item-size = 1e+09 B per item example",
    ),
    ("The table has grown to 1.2 TB.", "data-volume = 1.2e+12 B today"),
    (
        "Bad, because Aurora Serverless needs up to 15 s to resume.",
        "recovery-time <= 15 s capability",
    ),
    (
        "Describe the target here (for example: 99.9 % uptime).",
        "availability = 0.999 ratio example",
    ),
    (
        "Neighbouring municipalities hold 50 TB.",
        "data-volume = 5e+13 B capability",
    ),
];

/// Figures that measure nothing, and needs that are denied.
pub const SILENT: &[&str] = &[
    "We need a standby in a second building that takes over without a human.",
    "We do not need five nines.",
    "There is no requirement for sub-second failover.",
    "The steering committee met for three hours on 12 March 2024.",
    "Upgrade to PostgreSQL 16.3 within 30 days.",
    "The nodes are m5.4xlarge with 64 GB of RAM.",
    "Retries back off for 100 ms, 200 ms and 400 ms.",
    "The request times out after 30 seconds.",
    "Ticket prices rise by 3 % each year.",
    "Tests must cover at least 80 % of the code.",
    "Room temperature is kept between 18 and 22 degrees.",
    "The fee is 2.5 % of the basket value.",
    "The build finishes in 8 minutes.",
    "The timeout of the load balancer is 60 s.",
    "The water must stay below 25 °C.",
    "32-bit integers suffice for the ids.",
    "Nobody will ever query more than two hops deep.",
    "The van does 0 to 100 in 12 s.",
    "Discounts over 20 % need approval within two days.",
    "Clinical trials run for 24 months with 300 patients.",
    "We don't expect more than one region.",
    "It is not necessary to answer in 10 ms.",
    "He runs 10 km in 45 minutes.",
    "The disk array has 24 bays with 8 TB each.",
    "Ferries leave every 40 minutes.",
    "The workshop with 14 participants lasted one day.",
    "One in three patients comes from abroad.",
];
