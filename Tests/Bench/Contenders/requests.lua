-- wrk: sends each request of a file once, in order. The file holds, for each, its length, a line feed and its bytes.
-- Arguments: the file; "again" to send them again from the first when they are used up, "once" to stop then; and the
-- milliseconds that a connection waits before each request.
local ffi = require("ffi")
ffi.cdef [[ typedef struct { long seconds, nanoseconds; } moment; int clock_gettime(int clock, moment *now); ]]
local requests, wraps = {}, false
local place, begun = 0, 0
local thread
-- Microseconds until the requests were used up, for `done`, which runs in another Lua state.
used_up = 0

local function now()
    local moment = ffi.new("moment[1]")
    ffi.C.clock_gettime(1, moment) -- CLOCK_MONOTONIC
    return tonumber(moment[0].seconds) * 1e6 + tonumber(moment[0].nanoseconds) / 1e3
end

function setup(only) thread = only end

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    wraps = arguments[2] == "again"
    local pause = tonumber(arguments[3] or "0")
    -- wrk asks for a delay only where this function is.
    if pause > 0 then delay = function() return pause end end
    while true do
        local length = file:read("*n")
        if not length then break end
        file:read(1)
        requests[#requests + 1] = file:read(length)
    end
    file:close()
end

function request()
    place = place + 1
    if place == 1 then begun = now() end
    if place > #requests then
        if not wraps then
            if used_up == 0 then used_up = now() - begun end
            wrk.thread:stop()
            return requests[#requests]
        end
        place = 1
    end
    return requests[place]
end

-- One line that a program reads.
function done(summary, latency, _)
    local errors = summary.errors
    io.write(string.format(
        "RESULT %d %d %d %d %d %d %d %d %d\n", summary.requests,
        thread:get("used_up") > 0 and thread:get("used_up") or summary.duration, latency:percentile(50),
        latency:percentile(99), errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end
