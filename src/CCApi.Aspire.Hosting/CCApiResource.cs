using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The CCAPI gateway in an app host. Its connection string is <c>Endpoint=...;Key=...</c>.</summary>
/// <remarks>Created by <see cref="CCApiResourceBuilderExtensions.AddCcApi"/>.</remarks>
public sealed class CCApiResource : Resource, IResourceWithConnectionString
{
    private readonly ParameterResource _key;
    private readonly Uri _address;

    internal CCApiResource(string name, ParameterResource key, Uri address)
        : base(name) => (_key, _address) = (key, address);

    /// <summary>Whether the emulator runs in place of the gateway.</summary>
    public bool IsEmulator => EmulatorOptions is not null;

    /// <summary>The emulator, once it has started; null while it has not, and without <c>RunAsEmulator</c>.</summary>
    public CCApiEmulator? Emulator { get; private set; }

    /// <inheritdoc/>
    public ReferenceExpression ConnectionStringExpression => IsEmulator
        ? ReferenceExpression.Create($"{new EmulatorConnection(this)}")
        : ReferenceExpression.Create($"Endpoint={_address.AbsoluteUri};Key={_key}");

    internal CCApiEmulatorOptions? EmulatorOptions { get; set; }

    internal TaskCompletionSource<CCApiEmulator> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Start(CCApiEmulator emulator)
    {
        Emulator = emulator;
        Started.TrySetResult(emulator);
    }

    /// <summary>The connection string of the emulator, which is known when it listens.</summary>
    private sealed class EmulatorConnection(CCApiResource resource) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => $"{{{resource.Name}.connectionString}}";

        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            var emulator = await resource.Started.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return $"Endpoint={emulator.BaseAddress.AbsoluteUri};Key={emulator.ApiKey}";
        }
    }
}
