using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Caching.Tests.Support;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Caching.Tests;

/// <summary>The ledger of the emulator shows what is paid.</summary>
public class MediaCacheTests
{
    private static readonly AudioSpeechRequest _welcome = new() { Model = "elevenlabs/eleven_turbo_v2", Input = "Welcome.", Voice = "aria" };

    [Fact]
    public async Task Speech_200EqualRequestsAtOnce_AreChargedOnce()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => client.Audio.CreateSpeechAsync(_welcome))));

        var charge = Assert.Single(emulator.Ledger.Charges);
        var paid = Assert.Single(all, speech => speech.Info!.Cost.Source == CostSource.Reported);
        Assert.Equal(charge.Credits, paid.Info!.Cost.Amount);
        Assert.Equal(199, all.Count(speech => speech.Info!.Cost is { Source: CostSource.Cache, Amount: 0, Model: "elevenlabs/eleven_turbo_v2" }));
        Assert.All(all, speech => Assert.Equal(paid.B64Audio!.ToArray(), speech.B64Audio!.ToArray()));
        Assert.Equal((1L, charge.Credits), (client.Costs.GetSnapshot().Total.Charges, client.Costs.GetSnapshot().Total.AmountIn("credits")));
    }

    [Fact]
    public async Task Speech_AfterARestartWithFiles_IsNotCharged()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await CCApiEmulator.StartAsync();
        byte[] paid;
        await using (var cache = CacheOfFiles(folder))
        {
            using var client = emulator.CreateClient().WithMediaCache(cache);
            paid = (await client.Audio.CreateSpeechAsync(_welcome)).B64Audio!.ToArray();
        }

        await using var next = CacheOfFiles(folder);
        using var restarted = emulator.CreateClient().WithMediaCache(next);
        var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => restarted.Audio.CreateSpeechAsync(_welcome))));

        Assert.Equal(1, emulator.Ledger.Count);
        Assert.All(all, speech => Assert.Equal(CostSource.Cache, speech.Info!.Cost.Source));
        Assert.All(all, speech => Assert.Equal(paid, speech.B64Audio!.ToArray()));
        Assert.Equal(0, restarted.Costs.GetSnapshot().Total.Charges);
        Assert.Single(folder.Files);
    }

    [Fact]
    public async Task Speech_FromTheCache_IsThatOfTheGatewayWithoutItsLink()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        var paid = await client.Audio.CreateSpeechAsync(_welcome);
        var cached = await client.Audio.CreateSpeechAsync(_welcome);

        Assert.NotNull(paid.AudioUrl);
        Assert.Null(cached.AudioUrl);
        Assert.Equal((paid.Format, paid.Characters, paid.Duration, paid.Created), (cached.Format, cached.Characters, cached.Duration, cached.Created));
        Assert.Equal((HttpStatusCode.OK, 0), (cached.Info!.StatusCode, cached.Info.Attempts.Count));
        Assert.NotSame(cached, await client.Audio.CreateSpeechAsync(_welcome));
    }

    [Fact]
    public async Task Speech_ReceivedAsBytes_HasItsTypeFromTheCacheToo()
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { RawSpeech = true });
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        var paid = await client.Audio.CreateSpeechAsync(_welcome);
        var cached = await client.Audio.CreateSpeechAsync(_welcome);

        Assert.Equal(1, emulator.Ledger.Count);
        Assert.Equal(("audio/mpeg", "audio/mpeg"), (paid.MediaType, cached.MediaType));
        Assert.Equal(paid.B64Audio!.ToString(), cached.B64Audio!.ToString());
    }

    [Fact]
    public async Task Speech_OfOtherTexts_IsChargedForEach()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        await client.Audio.CreateSpeechAsync(_welcome);
        await client.Audio.CreateSpeechAsync(_welcome.Model, "Goodbye.", "aria");
        await client.Audio.CreateSpeechAsync(_welcome.Model, "Welcome.", "brian");
        await client.Audio.CreateSpeechAsync(_welcome.Model, "Welcome.", "aria");

        Assert.Equal(3, emulator.Ledger.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(503)]
    public async Task Speech_ThatFailed_IsNotKept(int status)
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient(options => options.Retry.MaxRetries = 0).WithMediaCache(cache);
        emulator.Faults.Add(EmulatorFault.WithStatus(status));

        await Assert.ThrowsAnyAsync<CCApiException>(() => client.Audio.CreateSpeechAsync(_welcome));
        var speech = await client.Audio.CreateSpeechAsync(_welcome);

        Assert.Equal(CostSource.Reported, speech.Info!.Cost.Source);
        Assert.Equal(2, emulator.Requests.Count(request => request.Path.EndsWith("speech", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Speech_WhoseLinkIsDead_IsReturnedAndNotKept()
    {
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { MediaLifetime = TimeSpan.FromTicks(1) });
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);

        var speech = await client.Audio.CreateSpeechAsync(_welcome);
        await client.Audio.CreateSpeechAsync(_welcome);

        Assert.NotNull(speech.AudioUrl);
        Assert.Null(speech.B64Audio);
        Assert.Equal(2, emulator.Ledger.Count);
    }

    [Fact]
    public async Task Speech_LargerThanAnEntry_IsReturnedAndNotKept()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache(new MediaCacheOptions { MaxEntryBytes = 100 });
        using var client = emulator.CreateClient().WithMediaCache(cache);

        await client.Audio.CreateSpeechAsync(_welcome);
        var speech = await client.Audio.CreateSpeechAsync(_welcome);

        Assert.Equal(2, emulator.Ledger.Count);
        Assert.NotNull(speech.AudioUrl);
    }

    [Fact]
    public async Task Speech_WithoutMemory_IsKeptInTheDistributedCacheAlone()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await CCApiEmulator.StartAsync();
        var options = new MediaCacheOptions { MaxMemoryBytes = 0, DistributedCache = new FileCache(folder.Root) };
        await using (var cache = new MediaCache(options))
        {
            using var client = emulator.CreateClient().WithMediaCache(cache);
            await client.Audio.CreateSpeechAsync(_welcome);
        }

        await using var next = new MediaCache(options);
        using var restarted = emulator.CreateClient().WithMediaCache(next);
        await restarted.Audio.CreateSpeechAsync(_welcome);
        Assert.Equal(1, emulator.Ledger.Count);
        File.Delete(folder.At(folder.Files.Single()));
        await restarted.Audio.CreateSpeechAsync(_welcome);

        Assert.Equal(2, emulator.Ledger.Count);
    }

    [Fact]
    public async Task Speech_OfMoreThanTheMemory_DropsWhatDoesNotFit()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache(new MediaCacheOptions { MaxMemoryBytes = 40_000 });
        using var client = emulator.CreateClient().WithMediaCache(cache);

        for (var i = 0; i < 20; i++)
        {
            await client.Audio.CreateSpeechAsync(_welcome.Model, $"Number {i}, and so on, and so on.", "aria");
        }

        var before = emulator.Ledger.Count;
        await client.Audio.CreateSpeechAsync(_welcome.Model, "Number 0, and so on, and so on.", "aria");
        await client.Audio.CreateSpeechAsync(_welcome.Model, "Number 19, and so on, and so on.", "aria");

        Assert.Equal(20, before);
        Assert.InRange(emulator.Ledger.Count, 21, 22);
    }

    [Fact]
    public async Task Speech_WithADistributedCacheThatIsDown_IsAsWithoutOne()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache(new MediaCacheOptions { DistributedCache = new BrokenCache() });
        using var client = emulator.CreateClient().WithMediaCache(cache);

        await client.Audio.CreateSpeechAsync(_welcome);
        var cached = await client.Audio.CreateSpeechAsync(_welcome);

        Assert.Equal(CostSource.Cache, cached.Info!.Cost.Source);
        Assert.Equal(1, emulator.Ledger.Count);
    }

    [Fact]
    public async Task Speech_WhoseEntryCannotBeRead_IsChargedOnceMore()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await CCApiEmulator.StartAsync();
        await using (var cache = CacheOfFiles(folder))
        {
            using var client = emulator.CreateClient().WithMediaCache(cache);
            await client.Audio.CreateSpeechAsync(_welcome);
        }

        SpoilVersion(folder);
        for (var i = 0; i < 3; i++)
        {
            await using var cache = CacheOfFiles(folder);
            using var client = emulator.CreateClient().WithMediaCache(cache);
            var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => client.Audio.CreateSpeechAsync(_welcome))));
            Assert.All(all, speech => Assert.NotNull(speech.B64Audio));
        }

        Assert.Equal(2, emulator.Ledger.Count);
    }

    [Fact]
    public async Task Speech_WithADistributedCacheWhoseEntriesAreAlwaysSpoiled_IsChargedOnce()
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await CCApiEmulator.StartAsync();
        var options = new MediaCacheOptions { DistributedCache = new SpoilingCache(folder.Root) };
        for (var i = 0; i < 2; i++)
        {
            await using var cache = new MediaCache(options);
            using var client = emulator.CreateClient().WithMediaCache(cache);
            await client.Audio.CreateSpeechAsync(_welcome);
        }

        var before = emulator.Ledger.Count;
        await using var last = new MediaCache(options);
        using var restarted = emulator.CreateClient().WithMediaCache(last);
        var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => restarted.Audio.CreateSpeechAsync(_welcome))));
        await restarted.Audio.CreateSpeechAsync(_welcome);

        Assert.Equal(before + 1, emulator.Ledger.Count);
        Assert.All(all, speech => Assert.Equal(all[0].B64Audio!.ToArray(), speech.B64Audio!.ToArray()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-20)]
    public async Task Speech_WhoseSoundWasChangedInTheDistributedCache_IsNotReturned(int at)
    {
        using var folder = new TemporaryFolder();
        await using var emulator = await CCApiEmulator.StartAsync();
        byte[] paid;
        await using (var cache = CacheOfFiles(folder))
        {
            using var client = emulator.CreateClient().WithMediaCache(cache);
            paid = (await client.Audio.CreateSpeechAsync(_welcome)).B64Audio!.ToArray();
        }

        var file = folder.At(folder.Files.Single());
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.AsSpan().LastIndexOf(paid.AsSpan(paid.Length - 100)) + 100 + at] ^= 1;
        File.WriteAllBytes(file, bytes);
        await using var next = CacheOfFiles(folder);
        using var restarted = emulator.CreateClient().WithMediaCache(next);

        Assert.Equal(paid, (await restarted.Audio.CreateSpeechAsync(_welcome)).B64Audio!.ToArray());
        Assert.Equal(2, emulator.Ledger.Count);
    }

    [Fact]
    public async Task Speech_WithADistributedCacheThatNeverResponds_IsAsWithoutOne()
    {
        var time = new FakeTimeProvider();
        var audio = new HeldAudio();
        audio.Release();
        var distributed = new HangingCache();
        await using var cache = new MediaCache(new MediaCacheOptions { DistributedCache = distributed, TimeProvider = time });

        var call = audio.WithMediaCache(cache).CreateSpeechAsync(_welcome);
        await distributed.IsRead;
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal([1, 2, 3], (await call).B64Audio!.ToArray());
        Assert.Single(audio.Requests);
        distributed.Release();
    }

    [Fact]
    public async Task Speech_WithATotalAndADistributedCacheThatNeverResponds_HasTheRestOfTheTotal()
    {
        var time = new TestClock();
        TimeSpan? total = null;
        var audio = new HeldAudio
        {
            Failure = options =>
            {
                total = options?.Total;
                return null;
            },
        };
        audio.Release();
        var distributed = new HangingCache();
        await using var cache = new MediaCache(new MediaCacheOptions { DistributedCache = distributed, TimeProvider = time });

        var call = audio.WithMediaCache(cache).CreateSpeechAsync(_welcome, new CCApiRequestOptions { Total = TimeSpan.FromSeconds(2) });
        await time.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal([1, 2, 3], (await Patience.Wait(call)).B64Audio!.ToArray());
        Assert.Equal(TimeSpan.FromSeconds(1), total);
        distributed.Release();
    }

    [Fact]
    public async Task Speech_WithATotalAndNothingThatResponds_EndsWithTheTotal()
    {
        var time = new TestClock();
        using var handler = new HangingHandler();
        var options = new CCApiClientOptions { ApiKey = "sk-test", BaseAddress = new Uri("https://gateway.test/v1"), TimeProvider = time };
        options.Timeouts.Total = TimeSpan.FromSeconds(3);
        var distributed = new HangingCache();
        await using var cache = new MediaCache(new MediaCacheOptions { DistributedCache = distributed, TimeProvider = time });
        using var httpClient = new HttpClient(handler);
        using var client = new CCApiClient(httpClient, options).WithMediaCache(cache);
        var start = time.GetTimestamp();

        var call = client.Audio.CreateSpeechAsync(_welcome);
        await time.Pass(TimeSpan.FromSeconds(1.5));
        await Patience.Wait(handler.Sent);
        await time.Pass(TimeSpan.FromSeconds(1.5));
        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(call));

        Assert.Equal(CCApiTimeoutKind.Total, exception.Kind);
        Assert.Equal(TimeSpan.FromSeconds(3), time.GetElapsedTime(start));
        distributed.Release();
    }

    [Fact]
    public async Task Speech_WithATotalAndADistributedCacheThatIsDown_HasTheWholeTotal()
    {
        var time = new TestClock();
        TimeSpan? total = null;
        var audio = new HeldAudio
        {
            Failure = options =>
            {
                total = options?.Total;
                return null;
            },
        };
        audio.Release();
        await using var cache = new MediaCache(new MediaCacheOptions { DistributedCache = new BrokenCache(), TimeProvider = time });

        await audio.WithMediaCache(cache).CreateSpeechAsync(_welcome, new CCApiRequestOptions { Total = TimeSpan.FromSeconds(2) });

        Assert.Equal(TimeSpan.FromSeconds(2), total);
    }

    [Fact]
    public async Task Speech_CanceledWhileADistributedCacheDoesNotRespond_EndsAtOnce()
    {
        var audio = new HeldAudio();
        var distributed = new HangingCache();
        await using var cache = new MediaCache(new MediaCacheOptions { DistributedCache = distributed, TimeProvider = new TestClock() });
        using var cancellation = new CancellationTokenSource();

        var call = audio.WithMediaCache(cache).CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token);
        await distributed.IsRead;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(call));
        Assert.Empty(audio.Requests);
        distributed.Release();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_DuringACall_LeavesTheCallItsPaidResponse(bool isAsync)
    {
        var audio = new HeldAudio();
        var cache = new MediaCache();
        var cached = audio.WithMediaCache(cache);
        using var cancellation = new CancellationTokenSource();

        var calls = Enumerable.Range(0, 3).Select(_ => cached.CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token)).ToList();
        await audio.Sent;
        if (isAsync)
        {
            await cache.DisposeAsync();
        }
        else
        {
            cache.Dispose();
        }

        audio.Release();

        Assert.All(await Task.WhenAll(calls), speech => Assert.Equal([1, 2, 3], speech.B64Audio!.ToArray()));
        Assert.Single(audio.Requests);
        await cached.CreateSpeechAsync(_welcome);
        Assert.Equal(2, audio.Requests.Count);
    }

    [Fact]
    public async Task DisposeAsync_DuringACall_WaitsUntilItsResponseIsWritten()
    {
        using var folder = new TemporaryFolder();
        var audio = new HeldAudio();
        var cache = CacheOfFiles(folder);
        var call = audio.WithMediaCache(cache).CreateSpeechAsync(_welcome);
        await audio.Sent;

        var end = cache.DisposeAsync().AsTask();
        var isEarly = end.IsCompleted;
        audio.Release();
        await Patience.Wait(end);

        Assert.False(isEarly);
        Assert.Equal([1, 2, 3], (await call).B64Audio!.ToArray());
        Assert.Single(folder.Files);
    }

    [Fact]
    public async Task DisposeAsync_DuringACallThatFails_EndsWithIt()
    {
        using var folder = new TemporaryFolder();
        var audio = new HeldAudio();
        var cache = CacheOfFiles(folder);
        using var cancellation = new CancellationTokenSource();
        var call = audio.WithMediaCache(cache).CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token);
        await audio.Sent;

        var end = cache.DisposeAsync().AsTask();
        await cancellation.CancelAsync();
        await Patience.Wait(end);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Options_OfOneCallerThatAreWrong_DoNotFailTheNext()
    {
        var audio = new HeldAudio { Failure = options => options?.MaxRetries < 0 ? new ArgumentException("It must be 0 or more.") : null };
        await using var cache = new MediaCache();
        var cached = audio.WithMediaCache(cache);
        using var cancellation = new CancellationTokenSource();

        var wrong = cached.CreateSpeechAsync(_welcome, new CCApiRequestOptions { MaxRetries = -1 }, cancellation.Token);
        await audio.Sent;
        var right = cached.CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token);
        audio.Release();

        await Assert.ThrowsAsync<ArgumentException>(() => wrong);
        Assert.Equal(CostSource.Reported, (await right).Info!.Cost.Source);
    }

    [Fact]
    public async Task Options_ChangedAfterTheCall_AreSentAsTheyWere()
    {
        CCApiRequestOptions? sent = null;
        var audio = new HeldAudio
        {
            Failure = given =>
            {
                sent = given;
                return null;
            },
        };
        await using var cache = new MediaCache();
        var options = new CCApiRequestOptions { ApiKey = "sk-before", Headers = { ["X-Tenant"] = "before" } };

        var call = audio.WithMediaCache(cache).CreateSpeechAsync(_welcome, options);
        options.ApiKey = "sk-after";
        options.Headers["X-Tenant"] = "after";
        audio.Release();
        await call;

        Assert.Equal(("sk-before", "before"), (sent!.ApiKey, sent.Headers["X-Tenant"]));
    }

    [Fact]
    public async Task Clients_WithOtherHeaders_ShareNothing()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();

        Assert.Equal(1, await SpeakAsync("X-Tenant", "one"));
        Assert.Equal(2, await SpeakAsync("X-Tenant", "other"));
        Assert.Equal(2, await SpeakAsync("x-tenant", "one"));
        Assert.Equal(3, await SpeakAsync("X-Tenant", "one", new CCApiRequestOptions { Headers = { ["X-TENANT"] = "third" } }));
        Assert.Equal(4, await SpeakAsync("X-Team", "search", new CCApiRequestOptions { Headers = { ["X-TENANT"] = "third" } }));

        async Task<int> SpeakAsync(string name, string value, CCApiRequestOptions? call = null)
        {
            using var client = emulator.CreateClient(options => options.Headers[name] = value).WithMediaCache(cache);
            await client.Audio.CreateSpeechAsync(_welcome, call);
            return emulator.Ledger.Count;
        }
    }

    [Fact]
    public async Task Expiration_OfAnEntry_IsThatOfTheOptions()
    {
        using var folder = new TemporaryFolder();
        var files = new FileCache(folder.Root);
        await using var emulator = await CCApiEmulator.StartAsync();
        await using (var cache = new MediaCache(new MediaCacheOptions { DistributedCache = files, Expiration = TimeSpan.FromDays(3) }))
        {
            using var client = emulator.CreateClient().WithMediaCache(cache);
            await client.Audio.CreateSpeechAsync(_welcome);
        }

        Assert.Equal(TimeSpan.FromDays(3), files.LastOptions!.AbsoluteExpirationRelativeToNow);
    }

    [Fact]
    public async Task UseCache_OfACall_WinsOverTheCache()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient().WithMediaCache(cache);
        await client.Audio.CreateSpeechAsync(_welcome);

        var speech = await client.Audio.CreateSpeechAsync(_welcome, new CCApiRequestOptions { UseCache = false });

        Assert.Equal(CostSource.Reported, speech.Info!.Cost.Source);
        Assert.Equal(2, emulator.Ledger.Count);
    }

    [Fact]
    public async Task OnlyWhenRequested_OfACache_CachesCallsThatRequestIt()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache(new MediaCacheOptions { OnlyWhenRequested = true });
        using var client = emulator.CreateClient().WithMediaCache(cache);

        await client.Audio.CreateSpeechAsync(_welcome);
        await client.Audio.CreateSpeechAsync(_welcome);
        Assert.Equal(2, emulator.Ledger.Count);
        await client.Audio.CreateSpeechAsync(_welcome, new CCApiRequestOptions { UseCache = true });
        await client.Audio.CreateSpeechAsync(_welcome, new CCApiRequestOptions { UseCache = true });

        Assert.Equal(3, emulator.Ledger.Count);
    }

    [Fact]
    public async Task Charge_OfASharedCall_IsBookedInTheScopeOfTheCallerWhoseCallWasSent()
    {
        await using var emulator = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();
        using var client = emulator.CreateClient(options => options.CreditValue = 1).WithMediaCache(cache);
        using var cancellation = new CancellationTokenSource();
        var budget = new CCApiBudget(1);

        await client.Catalog.GetCatalogAsync();
        foreach (var name in new[] { "first", "second" })
        {
            using var scope = CostScope.Begin(name);
            await client.Audio.CreateSpeechAsync(_welcome, new CCApiRequestOptions { Budget = budget }, cancellation.Token);
        }

        var row = Assert.Single(client.Costs.GetSnapshot().ByScope);
        Assert.Equal(("first", emulator.Ledger.Spent), (row.Name, row.AmountIn()));
        Assert.Equal((emulator.Ledger.Spent, 0m), (budget.Spent, budget.Reserved));
    }

    [Fact]
    public async Task Caller_WhoCancels_DoesNotFailTheNext()
    {
        var audio = new HeldAudio();
        await using var cache = new MediaCache();
        var cached = audio.WithMediaCache(cache);
        using var cancellation = new CancellationTokenSource();
        using var other = new CancellationTokenSource();

        var first = cached.CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token);
        await audio.Sent;
        var second = cached.CreateSpeechAsync(_welcome, cancellationToken: other.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        audio.Release();

        Assert.Equal([1, 2, 3], (await second).B64Audio!.ToArray());
        Assert.Equal(CostSource.Cache, (await second).Info!.Cost.Source);
        Assert.Single(audio.Requests);
    }

    [Fact]
    public async Task Callers_WhoAllCancel_CancelTheCall()
    {
        var audio = new HeldAudio();
        await using var cache = new MediaCache();
        var cached = audio.WithMediaCache(cache);
        using var cancellation = new CancellationTokenSource();

        var first = cached.CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token);
        await audio.Sent;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        audio.Release();
        await cached.CreateSpeechAsync(_welcome);

        Assert.Equal(2, audio.Requests.Count);
    }

    [Fact]
    public async Task Request_ChangedAfterTheCall_IsSentAsItWas()
    {
        var audio = new HeldAudio();
        audio.Release();
        await using var cache = new MediaCache();
        var cached = audio.WithMediaCache(cache);
        using var cancellation = new CancellationTokenSource();
        var request = new AudioSpeechRequest { Model = "m", Input = "before" };

        var call = cached.CreateSpeechAsync(request, cancellationToken: cancellation.Token);
        request.Input = "after";
        await call;

        Assert.Equal("before", Assert.Single(audio.Requests).Input);
    }

    [Fact]
    public async Task Failure_OfOneClient_IsThatOfAllItsCallersAndOfNoOther()
    {
        var (broken, sound) = (new HeldAudio { Failure = _ => new CCApiUnauthorizedException("The key was rejected.") }, new HeldAudio());
        sound.Release();
        await using var cache = new MediaCache();
        using var cancellation = new CancellationTokenSource();
        var cachedBroken = broken.WithMediaCache(cache);

        var first = cachedBroken.CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token);
        await broken.Sent;
        var second = cachedBroken.CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token);
        var third = sound.WithMediaCache(cache).CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token);
        broken.Release();

        await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => first);
        await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => second);
        Assert.Equal(CostSource.Reported, (await third).Info!.Cost.Source);
        Assert.Single(broken.Requests);
    }

    [Fact]
    public async Task Budget_OfOneCaller_DoesNotFailTheNext()
    {
        var audio = new HeldAudio { Failure = options => options?.Budget is null ? null : new CCApiBudgetExceededException("It does not fit.") };
        await using var cache = new MediaCache();
        var cached = audio.WithMediaCache(cache);
        using var cancellation = new CancellationTokenSource();

        var poor = cached.CreateSpeechAsync(_welcome, new CCApiRequestOptions { Budget = new CCApiBudget(0) }, cancellation.Token);
        await audio.Sent;
        var rich = cached.CreateSpeechAsync(_welcome, cancellationToken: cancellation.Token);
        audio.Release();

        await Assert.ThrowsAsync<CCApiBudgetExceededException>(() => poor);
        Assert.Equal(CostSource.Reported, (await rich).Info!.Cost.Source);
    }

    [Fact]
    public async Task Response_OfAnotherModel_IsReturnedAndNotKept()
    {
        var audio = new HeldAudio { FailedOverTo = "another/model" };
        audio.Release();
        await using var cache = new MediaCache();
        var cached = audio.WithMediaCache(cache);

        await cached.CreateSpeechAsync(_welcome);
        await cached.CreateSpeechAsync(_welcome);

        Assert.Equal(2, audio.Requests.Count);
    }

    public static TheoryData<string, CCApiRequestOptions, string?> Others => new()
    {
        { "another key", new CCApiRequestOptions { ApiKey = "sk-other" }, null },
        { "another header", new CCApiRequestOptions { Headers = { ["X-Region"] = "eu" } }, null },
        { "another partition", new CCApiRequestOptions(), "tenant-42" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Call_WithSomethingOfItsOwn_HasEntriesOfItsOwn(string what, CCApiRequestOptions options, string? partition)
    {
        var audio = new HeldAudio();
        audio.Release();
        await using var cache = new MediaCache();
        await audio.WithMediaCache(cache).CreateSpeechAsync(_welcome);

        await audio.WithMediaCache(cache, partition).CreateSpeechAsync(_welcome, options);
        await audio.WithMediaCache(cache, partition).CreateSpeechAsync(_welcome, options);

        Assert.True(audio.Requests.Count == 2, what);
    }

    [Fact]
    public async Task Clients_OfTwoGateways_ShareNothing()
    {
        await using var one = await CCApiEmulator.StartAsync();
        await using var other = await CCApiEmulator.StartAsync();
        await using var cache = new MediaCache();

        foreach (var emulator in new[] { one, other, one, other })
        {
            using var client = emulator.CreateClient().WithMediaCache(cache);
            await client.Audio.CreateSpeechAsync(_welcome);
        }

        Assert.Equal((1, 1), (one.Ledger.Count, other.Ledger.Count));
    }

    [Theory]
    [InlineData("Expiration", 0, 1, 1, 1)]
    [InlineData("LocalExpiration", 1, -1, 1, 1)]
    [InlineData("MaxEntryBytes", 1, 1, 0, 1)]
    [InlineData("MaxMemoryBytes", 1, 1, 1, -1)]
    public void Options_OutOfRange_AreNamed(string name, int expiration, int local, int entry, long memory)
    {
        var options = new MediaCacheOptions
        {
            Expiration = TimeSpan.FromDays(expiration),
            LocalExpiration = TimeSpan.FromDays(local),
            MaxEntryBytes = entry,
            MaxMemoryBytes = memory,
        };

        var exception = Assert.Throws<ArgumentException>(() => new MediaCache(options));

        Assert.Contains($"MediaCacheOptions.{name} must be", exception.Message, StringComparison.Ordinal);
    }

    private static MediaCache CacheOfFiles(TemporaryFolder folder) =>
        new(new MediaCacheOptions { DistributedCache = new FileCache(folder.Root) });

    /// <summary>Gives each entry the version of another library, behind what the platform's cache writes before it.</summary>
    private static void SpoilVersion(TemporaryFolder folder)
    {
        var file = folder.At(folder.Files.Single());
        var bytes = File.ReadAllBytes(file);
        var json = bytes.AsSpan().IndexOf("{\""u8);
        var version = json - sizeof(int) - 1;
        Assert.Equal(2, bytes[version]);
        bytes[version] = 99;
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>A gateway that never responds.</summary>
    private sealed class HangingHandler : HttpMessageHandler
    {
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Sent => _sent.Task;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _sent.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("unreachable");
        }
    }
}
