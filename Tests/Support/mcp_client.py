"""The reference client of the Model Context Protocol (PyPI: mcp, 1.x and 2.x) as a program.

usage: mcp_client.py CALLS.json PROGRAM ARGUMENT...

CALLS.json is a list of [tool, arguments]. The text "$run" in an argument is the member run of the last answer that has
one. Prints one JSON object: protocol, server, tools, and an answer for each call.
"""

import asyncio
import json
import os
import sys

import mcp


def described(tool):
    schema = tool.inputSchema if hasattr(tool, "inputSchema") else tool.input_schema
    return {"name": tool.name, "description": tool.description, "schema": schema}


def flag(result):
    return bool(getattr(result, "isError", getattr(result, "is_error", False)))


async def talk(client, calls):
    tools = (await client.list_tools()).tools
    answers, run = [], ""
    for name, arguments in calls:
        arguments = {key: run if value == "$run" else value for key, value in arguments.items()}
        try:
            result = await client.call_tool(name, arguments)
        except Exception as error:
            answers.append({"error": True, "texts": [str(error)], "refused": True})
            continue
        texts = [item.text for item in result.content]
        try:
            run = json.loads(texts[-1])["run"]
        except (ValueError, KeyError, TypeError):
            pass
        answers.append({"error": flag(result), "texts": texts, "refused": False})
    return {"tools": [described(tool) for tool in tools], "answers": answers}


async def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        calls = json.load(file)
    server = mcp.StdioServerParameters(command=sys.argv[2], args=sys.argv[3:], env=dict(os.environ))
    if hasattr(mcp, "Client"):
        async with mcp.Client(server) as client:
            report = await talk(client, calls)
            report["protocol"], report["server"] = client.protocol_version, client.server_info.name
    else:
        async with mcp.stdio_client(server) as (reading, writing):
            async with mcp.ClientSession(reading, writing) as client:
                begun = await client.initialize()
                report = await talk(client, calls)
                report["protocol"], report["server"] = begun.protocolVersion, begun.serverInfo.name
    print(json.dumps(report))


asyncio.run(asyncio.wait_for(main(), 120))
