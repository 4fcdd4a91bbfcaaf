using System.Collections.Generic;
using System.Threading.Tasks;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>The limiter of one API key. Its key is the name of the limiter.</summary>
[Alias("ccapi.limiter")]
internal interface ILimiterGrain : IGrainWithStringKey
{
    /// <summary>Waits for a lease for at most <see cref="LimiterGrain.PollTime"/>.</summary>
    [Alias("acquire")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<LimiterReply> AcquireAsync(string id);

    /// <summary>Renews the leases that a process holds, and ends those that it no longer needs.</summary>
    [Alias("update")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task UpdateAsync(List<string> renewed, List<string> released);

    /// <summary>The state, for people.</summary>
    [Alias("state")]
    [ResponseTimeout(GrainTimeouts.Call)]
    Task<LimiterState> GetStateAsync();
}
