using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CCApi.Sdk.Soak;

/// <summary>Compares what the gateway charged with what the client knows of its calls.</summary>
/// <param name="Ledger">The credits that the gateway kept.</param>
/// <param name="Paid">The credits that responses reported.</param>
/// <param name="Unclear">The credits of calls whose responses were lost, which the gateway's ledger lists by their <c>Idempotency-Key</c>.</param>
/// <param name="Calls">How many calls of each kind of payment.</param>
/// <param name="ChargedUnclear">How many of the unclear calls were charged.</param>
/// <param name="Lost">Charges that belong to no call, responses that nobody was charged for, and charges for what was reported as failed.</param>
/// <param name="Double">Calls that were charged twice or more.</param>
/// <param name="Different">Responses that reported another amount than was charged.</param>
internal sealed record Books(decimal Ledger, decimal Paid, decimal Unclear, IReadOnlyDictionary<Payment, int> Calls, int ChargedUnclear, int Lost, int Double, int Different)
{
    public bool Agree => Lost == 0 && Double == 0 && Different == 0 && Ledger == Paid + Unclear;

    public static Books Compare(IEnumerable<AccountEntry> account, IEnumerable<LedgerEntry> ledger)
    {
        var calls = account.ToDictionary(call => call.Key);
        var kept = ledger.Where(charge => !charge.IsRefunded).ToArray();
        var byCall = kept.ToLookup(charge => charge.Key.Split('/')[0]);
        decimal paid = 0, unclear = 0;
        int chargedUnclear = 0, different = 0, lost = byCall.Count(group => !calls.ContainsKey(group.Key));
        foreach (var call in calls.Values)
        {
            var charged = byCall[call.Key].Sum(charge => charge.Credits);
            var isCharged = byCall[call.Key].Any();
            switch (call.Payment)
            {
                case Payment.Paid:
                    paid += call.Credits;
                    lost += isCharged ? 0 : 1;
                    different += isCharged && charged != call.Credits ? 1 : 0;
                    break;
                case Payment.Free:
                    lost += isCharged ? 1 : 0;
                    break;
                case Payment.Unknown:
                    unclear += charged;
                    chargedUnclear += isCharged ? 1 : 0;
                    break;
            }
        }

        return new Books(
            kept.Sum(charge => charge.Credits),
            paid,
            unclear,
            calls.Values.CountBy(call => call.Payment).ToDictionary(),
            chargedUnclear,
            lost,
            byCall.Count(group => group.Count() > 1),
            different);
    }

    public void Print()
    {
        int Count(Payment payment) => Calls.GetValueOrDefault(payment);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            books:
              ledger of the gateway         {Ledger} credits
              account of the client         {Paid + Unclear} credits: {Paid} that responses report, {Unclear} of responses that were lost
              calls that cost something     {Calls.Values.Sum()}: {Count(Payment.Paid)} paid, {Count(Payment.Free)} given back or never sent, {Count(Payment.Unknown)} unclear, of which {ChargedUnclear} were charged
              lost = {Lost}, double charges = {Double}, other amounts = {Different}
            """));
    }
}
