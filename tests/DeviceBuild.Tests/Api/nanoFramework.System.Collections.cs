using System;
using System.Reflection;

[assembly: AssemblyVersion("1.5.75.0")]

namespace System.Collections
{
    public class Queue : ICollection, IEnumerable, ICloneable
    {
        public extern Queue();
        public virtual extern object Clone();
        public virtual extern void Clear();
        public virtual extern void CopyTo(Array array, int index);
        public virtual extern void Enqueue(object obj);
        public virtual extern IEnumerator GetEnumerator();
        public virtual extern object Dequeue();
        public virtual extern object Peek();
        public virtual extern bool Contains(object obj);
        public virtual extern object[] ToArray();
        public virtual extern int Count { get; }
        public virtual extern bool IsSynchronized { get; }
        public virtual extern object SyncRoot { get; }
    }
}
