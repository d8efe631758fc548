// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/proposals/detection_import.h"

#include "export/detection_reader.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace ui
{
namespace
{

QStringList toStrings(const std::vector<std::string> &sentences)
{
    QStringList list;
    for (const std::string &sentence : sentences)
        list << QString::fromStdString(sentence);
    return list;
}

ImportedDetections toProposals(exporters::Detections &&found)
{
    ImportedDetections imported;
    imported.bad = found.findings.errors();
    imported.elsewhere = found.elsewhere;
    for (const exporters::Finding &finding : found.findings.told())
        imported.problems << QString::fromStdString(exporters::toText(finding));
    imported.missing = toStrings(found.missing);
    imported.proposals = std::make_shared<std::vector<project::ProposalRecord>>();
    imported.proposals->reserve(found.detections.size());
    std::ranges::stable_sort(found.detections, {}, &exporters::Detection::score);
    for (exporters::Detection &one : found.detections) {
        imported.proposals->push_back({0, one.imageId, std::move(one.category), one.score, one.box,
                                       std::move(one.mask), one.isScored, 0, std::move(one.foreign),
                                       one.isCrowd});
    }
    return imported;
}

std::size_t pictureCount(const std::vector<project::ProposalRecord> &proposals)
{
    std::unordered_set<core::Id> pictures;
    for (const project::ProposalRecord &proposal : proposals)
        pictures.insert(proposal.imageId);
    return pictures.size();
}

} // namespace

DetectionImport::DetectionImport(QObject *parent) : QObject(parent) {}

DetectionImport::~DetectionImport()
{
    cancel();
    m_future.waitForFinished();
}

DetectionImport::Outcome DetectionImport::run(const std::filesystem::path &file,
                                              const DatasetSnapshot &snapshot,
                                              const ProposalTable &waiting, std::stop_token stop)
{
    const auto progress = [this, told = -1](double share) mutable {
        if (const int now = int(share * 200); std::exchange(told, now) != now)
            QMetaObject::invokeMethod(this, [this, share] {
                if (m_isRunning)
                    Q_EMIT progressed(share);
            });
    };
    const exporters::DetectionPictures pictures{snapshot.images->images(), snapshot.categories,
                                                [&snapshot](const core::ImageRecord &image) {
                                                    return pictureSize(snapshot.imageRoot, image);
                                                }};
    Outcome outcome;
    outcome.error = errorOf([&] {
        ImportedDetections &imported = outcome.imported;
        imported = toProposals(exporters::readDetections(file, pictures, stop, progress));
        imported.known =
            dropKnown(*imported.proposals, waiting, snapshot.annotations.toVector(), stop);
        imported.pictures = pictureCount(*imported.proposals);
    });
    return outcome;
}

void DetectionImport::start(const std::filesystem::path &file, DatasetSnapshot snapshot,
                            std::shared_ptr<const ProposalTable> waiting)
{
    if (m_isRunning)
        return;
    m_isRunning = true;
    m_stop = std::stop_source();
    m_future = QtConcurrent::run([this, file, snapshot = std::move(snapshot),
                                  waiting = std::move(waiting),
                                  stop = m_stop.get_token()]() mutable {
        const auto outcome = std::make_shared<const Outcome>(run(file, snapshot, *waiting, stop));
        waiting.reset(); // a change of it need not make a copy any more
        QMetaObject::invokeMethod(this, [this, outcome] { take(*outcome); });
    });
}

void DetectionImport::cancel()
{
    m_stop.request_stop();
}

void DetectionImport::take(const Outcome &outcome)
{
    m_isRunning = false;
    if (m_stop.stop_requested() || outcome.error.kind == core::ErrorKind::Cancelled)
        Q_EMIT cancelled();
    else if (outcome.error.kind)
        Q_EMIT failed(*outcome.error.kind, outcome.error.detail);
    else
        Q_EMIT finished(outcome.imported);
}

} // namespace ui
