// Makes one plain call over a canned response and prints its text: what a user waits for before the first byte goes out.
using System;
using ColdStart;

Console.WriteLine(await Call.RunAsync(new CannedHandler()));
