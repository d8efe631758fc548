// SPDX-License-Identifier: Apache-2.0
#include "core/cache/lru_cache.h"

#include <QtTest>

class TestLruCache : public QObject
{
    Q_OBJECT

private:
    static core::EmbeddingKey key(char name) { return {std::string(1, name), {}, "w", "fp32"}; }
    static QString names(const std::vector<core::LruCache<char>::Entry> &entries)
    {
        QString text;
        for (const auto &entry : entries)
            text += QLatin1Char(entry.value);
        return text;
    }

private Q_SLOTS:
    void theLongestUnusedGoFirst()
    {
        core::LruCache<char> cache(30);
        for (const char name : {'a', 'b', 'c'})
            QCOMPARE(names(cache.insert(key(name), name, 10)), QString());
        QCOMPARE(*cache.find(key('a')), 'a');
        QCOMPARE(names(cache.insert(key('d'), 'd', 15)), QStringLiteral("bc"));
        QCOMPARE(cache.byteSize(), std::size_t(25));
        QVERIFY(cache.find(key('a')) && cache.find(key('d')) && !cache.find(key('b')));
    }

    void lookingWhetherItIsThereIsNoUse()
    {
        core::LruCache<char> cache(20);
        cache.insert(key('a'), 'a', 10);
        cache.insert(key('b'), 'b', 10);
        QVERIFY(cache.contains(key('a')) && !cache.contains(key('c')));
        QCOMPARE(names(cache.insert(key('c'), 'c', 10)), QStringLiteral("a"));
    }

    void theNewestStaysEvenWhenItAloneIsMore()
    {
        core::LruCache<char> cache(5);
        cache.insert(key('a'), 'a', 10);
        QVERIFY(cache.find(key('a')));
        QCOMPARE(names(cache.insert(key('b'), 'b', 10)), QStringLiteral("a"));
        QVERIFY(cache.find(key('b')));
    }

    void theSameKeyIsReplaced()
    {
        core::LruCache<char> cache(20);
        cache.insert(key('a'), 'a', 10);
        cache.insert(key('a'), 'A', 5);
        QCOMPARE(*cache.find(key('a')), 'A');
        QCOMPARE(cache.byteSize(), std::size_t(5));
    }

    void aSmallerBudgetActsAtOnce()
    {
        core::LruCache<char> cache(100);
        for (const char name : {'a', 'b', 'c'})
            cache.insert(key(name), name, 10);
        QCOMPARE(names(cache.setBudget(10)), QStringLiteral("ab"));
        QCOMPARE(names(cache.takeAll()), QStringLiteral("c"));
        QCOMPARE(cache.byteSize(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestLruCache)
#include "tst_lru_cache.moc"
