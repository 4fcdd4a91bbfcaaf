using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Requests;

public class RequestLogTests
{
    [Fact]
    public void Add_MoreThanItKeeps_DropsTheOldest()
    {
        var log = new RequestLog();

        for (var number = 1; number <= RequestLog.MaxRequests + 2; number++)
        {
            log.Add(Request(number, []));
        }

        Assert.Equal((RequestLog.MaxRequests, 3L), (log.Snapshot().Count, log.Snapshot()[0].Number));
    }

    [Fact]
    public void Add_MoreBytesThanItKeeps_DropsTheOldest()
    {
        var log = new RequestLog();
        var body = new byte[RequestLog.MaxBodyBytes / 2];

        log.Add(Request(1, body));
        log.Add(Request(2, body));
        log.Add(Request(3, [1]));

        Assert.Equal([2L, 3L], log.Snapshot().Select(request => request.Number));
    }

    private static ReceivedRequest Request(long number, byte[] body) => new(number, default, "POST", "/v1/x", "", new Dictionary<string, string>(), body);
}
