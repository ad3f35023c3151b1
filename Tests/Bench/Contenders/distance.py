"""Puts Postgres some distance away: passes bytes between two unix sockets, each way so much later.

usage: distance.py LISTEN TARGET MILLISECONDS    (each way; both are paths of sockets)
"""

import asyncio
import sys


async def main(listen, target, milliseconds):
    delay = float(milliseconds) / 1000

    async def carry(reader, writer):
        # Bytes wait in a queue, so that a stream is late but not slow.
        queue = asyncio.Queue()
        loop = asyncio.get_running_loop()

        async def read():
            while data := await reader.read(1 << 16):
                queue.put_nowait((loop.time() + delay, data))
            queue.put_nowait((loop.time() + delay, None))

        reading = asyncio.create_task(read())
        try:
            while True:
                due, data = await queue.get()
                await asyncio.sleep(due - loop.time())
                if data is None:
                    break
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            reading.cancel()
            writer.close()

    async def serve(reader, writer):
        far_reader, far_writer = await asyncio.open_unix_connection(target)
        await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer), return_exceptions=True)

    server = await asyncio.start_unix_server(serve, listen)
    async with server:
        await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
