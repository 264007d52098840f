/** A record in which the choice contradicts what the record needs. */
export const EXAMPLE = `# 12. Store bookings in DynamoDB

* Status: proposed
* Date: 2026-11-02

## Context and Problem Statement

Guests book rooms in some two hundred hotels.
The revenue team must report on bookings by hotel and tariff, with joins across those tables.

## Decision Drivers

* A booking and its payment are written in one transaction, all or nothing
* The page of a booking answers within 20 ms at p99
* No servers to patch

## Considered Options

* Amazon DynamoDB
* Amazon Aurora PostgreSQL

## Decision Outcome

Chosen option: "Amazon DynamoDB", because it answers look-ups by key in a few milliseconds and needs no servers.

### Consequences

* Good, because the load of the holidays needs no planning
* Bad, because the team has to learn how to design keys
`;
