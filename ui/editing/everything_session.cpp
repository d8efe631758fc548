// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/everything_session.h"

#include "core/segmentation/suggested_thresholds.h"
#include "ui/editing/edits.h"

namespace ui
{

EverythingSession::EverythingSession(Document &document, SegmentationService &service,
                                     QObject *parent)
    : QObject(parent), m_document(document), m_service(service), m_search(service),
      m_thresholds(core::suggestedThresholds({}))
{
    m_pool.setMaxThreadCount(1);
    connect(&m_search, &EverythingSearch::runningChanged, this, &EverythingSession::stateChanged);
    connect(&m_search, &EverythingSearch::failed, this, &EverythingSession::failed);
    connect(&m_search, &EverythingSearch::found, this, [this](const FoundMasks &found) {
        m_found = found;
        if (m_areSuggested) {
            m_thresholds = core::suggestedThresholds(*found);
            Q_EMIT thresholdsChanged();
        }
        Q_EMIT stateChanged();
        filter();
    });
    connect(&service, &SegmentationService::statusChanged, this, [this] {
        if (isOffering() && m_service.image() != m_image)
            drop();
    });
    connect(&document, &Document::annotationsChanged, this, [this](core::Id image) {
        if (isOffering() && image == m_image)
            filter();
    });
}

EverythingSession::~EverythingSession()
{
    m_pool.waitForDone();
}

bool EverythingSession::start(const core::PixelRect &region)
{
    drop();
    if (!m_search.start(region))
        return false;
    m_image = m_service.image();
    m_picture = m_service.pixels()->size;
    return true;
}

void EverythingSession::drop()
{
    m_search.cancel();
    if (!m_found)
        return;
    m_found = nullptr;
    m_list.clear();
    Q_EMIT stateChanged();
}

void EverythingSession::setThresholds(const core::MaskThresholds &thresholds)
{
    m_thresholds = thresholds;
    m_areSuggested = false;
    Q_EMIT thresholdsChanged();
    filter();
}

void EverythingSession::filter()
{
    m_filterAgain = m_isFiltering;
    if (m_isFiltering || !m_found)
        return;
    m_isFiltering = true;
    m_pool.start([this, found = m_found, thresholds = m_thresholds,
                  annotations = m_document.annotations(m_image), picture = m_picture] {
        std::vector<const core::Rle *> masks;
        for (const project::AnnotationPointer &record : annotations)
            masks.push_back(&record->annotation.mask);
        ProposalSet set = offerFound(found, thresholds, masks, picture);
        // The pool is waited for before this object goes; the call is dropped when it has gone.
        QMetaObject::invokeMethod(this, [this, found, set = std::move(set)] {
            m_isFiltering = false;
            if (found == m_found)
                m_list.setProposals(set);
            if (m_filterAgain)
                filter();
        });
    });
}

bool EverythingSession::acceptChosen(core::Id category)
{
    return accept(m_list.chosen(), category);
}

bool EverythingSession::acceptAll(core::Id category)
{
    if (!accept(m_list.proposals(), category))
        return false;
    drop();
    return true;
}

bool EverythingSession::accept(const std::vector<Proposal> &proposals, core::Id category)
{
    if (proposals.empty() || m_document.isReadOnly() ||
        !m_document.setImageSize(m_image, m_picture))
        return false;
    std::vector<project::AnnotationRecord> records;
    for (const Proposal &proposal : proposals) {
        project::AnnotationRecord record;
        record.annotation = {0, m_image, category, *proposal.mask, false};
        records.push_back(std::move(record));
    }
    addAnnotations(m_document, std::move(records));
    return true;
}

} // namespace ui
