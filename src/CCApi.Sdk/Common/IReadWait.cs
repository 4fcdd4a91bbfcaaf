using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Ends the wait for reads that ignore their token.</summary>
internal interface IReadWait
{
    /// <summary>Waits for a read.</summary>
    /// <exception cref="TokenIgnoredException">The read was canceled and went on: it may still write into its memory.</exception>
    ValueTask<int> WaitAsync(ValueTask<int> read);
}
