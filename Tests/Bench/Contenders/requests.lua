-- wrk: sends each request of a file once, in order. The file holds, for each, its length, a line feed and its bytes.
-- When they are used up wrk stops; with a second argument they are sent again from the first.
local requests, wraps = {}, false
local place, sent = 0, 0

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    wraps = arguments[2] ~= nil
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
    if place > #requests then
        if not wraps then
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
        "RESULT %d %d %d %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
        latency:percentile(99), errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end
