-- Takes from all buckets of a request or, when one has not enough, from none (GCRA).
--
-- KEYS  the buckets
-- ARGV  for each: count, period in microseconds, burst, cost, 1 for a dry run
-- Gives a 0, and for each bucket what is left, or -1 where a dry run would refuse;
-- or the number of the bucket that refuses, and the microseconds until it would not.
--
-- A bucket is the time at which it is full again, "microseconds:rest". The rest, in parts of 1/count, is what a whole
-- number loses. Numbers are doubles: all integers here are below 2^53.

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local result = {0}
local taken = {}

for i, key in ipairs(KEYS) do
  local a = (i - 1) * 5
  local count, period = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
  local burst, cost, dry_run = tonumber(ARGV[a + 3]), tonumber(ARGV[a + 4]), ARGV[a + 5] == '1'
  local interval = period / count
  local capacity = burst * interval

  local whole, rest, ahead = now, 0, 0
  local stored = redis.call('GET', key)
  if stored then
    local w, r = string.match(stored, '^(%d+):(%d+)$')
    if w then
      local distance = tonumber(w) - now + tonumber(r) / count
      if distance > capacity then
        -- The clock has been set back. No client pays for that with more than an empty bucket, and only once.
        ahead = capacity
        whole = now + math.floor(capacity)
        redis.call('SET', key, string.format('%.0f:0', whole), 'PX', string.format('%.0f', math.ceil(capacity / 1000)))
      elseif distance > 0 then
        whole, rest, ahead = tonumber(w), tonumber(r), distance
      end
    end
  end

  -- A double is off by less than a thousandth of a microsecond here, and a bucket must not lose a whole unit to it.
  local left = math.floor((capacity - ahead) / interval + 0.000001)
  if left >= cost then
    local step, parts = math.floor(period / count), period % count
    rest = rest + cost * parts
    whole = whole + cost * step + math.floor(rest / count)
    rest = rest % count
    taken[#taken + 1] = {key, string.format('%.0f:%.0f', whole, rest), math.ceil((whole + 1 - now) / 1000)}
    result[#result + 1] = left - cost
  elseif dry_run then
    result[#result + 1] = -1
  else
    return {i, math.ceil(cost * interval - (capacity - ahead))}
  end
end

for _, bucket in ipairs(taken) do
  redis.call('SET', bucket[1], bucket[2], 'PX', string.format('%.0f', bucket[3]))
end
return result
