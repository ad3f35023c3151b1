"""The contender: jobs that do nothing, by pgqueuer.

usage: pgqueuer_jobs.py CONNINFO install
       pgqueuer_jobs.py CONNINFO run COUNT BATCH
           enqueues COUNT and works them off; prints how many were done, are left and were logged, and the seconds
"""

import asyncio
import logging
import sys
import time

import asyncpg
import uvloop
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgPoolDriver
from pgqueuer.queries import Queries
from pgqueuer.types import QueueExecutionMode


async def main(dsn, command, *arguments):
    async with asyncpg.create_pool(dsn, min_size=2, max_size=10) as pool:
        driver = AsyncpgPoolDriver(pool)
        queries = Queries(driver)
        if command == "install":
            await queries.install()
            return
        count, batch = int(arguments[0]), int(arguments[1])
        for start in range(0, count, 1000):
            size = min(1000, count - start)
            await queries.enqueue(["noop"] * size, [b"1"] * size, [0] * size)
        await pool.execute("vacuum analyze pgqueuer")

        done = 0
        queue = PgQueuer(driver)

        @queue.entrypoint("noop")
        async def noop(job):
            nonlocal done
            done += 1

        started = time.monotonic()
        await queue.qm.run(batch_size=batch, mode=QueueExecutionMode.drain)
        seconds = time.monotonic() - started
        left = await pool.fetchval("select count(*) from pgqueuer")
        logged = await pool.fetchval("select count(*) from pgqueuer_log where status = 'successful'")
        print(done, left, logged, seconds)


logging.disable(logging.INFO)
uvloop.install()
asyncio.run(main(*sys.argv[1:]))
